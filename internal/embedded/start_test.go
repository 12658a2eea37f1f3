package embedded_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/redis/go-redis/v9"

	"vidilog/internal/embedded"
)

var _ = Describe("Starting private services", func() {
	It("makes a durable UTF-8 database and a Redis that nobody reaches by network", func(ctx SpecContext) {
		options := optionsFor(reachableDir())
		options.PostgresSettings = nil
		services, err := embedded.Start(ctx, options)
		Expect(err).NotTo(HaveOccurred())
		DeferCleanup(func(ctx SpecContext) { Expect(services.Stop(ctx)).To(Succeed()) })

		for setting, wanted := range map[string]string{
			"listen_addresses": "", "fsync": "on", "data_checksums": "on", "jit": "off", "server_encoding": "UTF8",
			"max_connections": "100", "max_wal_size": "2GB", "synchronous_commit": "on",
		} {
			Expect(value(ctx, services.DSN, "SHOW "+setting)).To(Equal(wanted), setting)
		}
		Expect(value(ctx, services.DSN, "SELECT datcollate FROM pg_database WHERE datname = current_database()")).To(Equal("C.UTF-8"))

		client := redis.NewClient(services.RedisOptions)
		DeferCleanup(client.Close)
		for setting, wanted := range map[string]string{"port": "0", "appendonly": "yes", "appendfsync": "everysec", "maxmemory-policy": "noeviction"} {
			Expect(client.ConfigGet(ctx, setting).Val()).To(HaveKeyWithValue(setting, wanted))
		}
		info, err := os.Stat(filepath.Dir(services.RedisOptions.Addr))
		Expect(err).NotTo(HaveOccurred())
		Expect(info.Mode().Perm()).To(Equal(os.FileMode(0o700)))
	})

	It("keeps the data over a stop", func(ctx SpecContext) {
		dir := reachableDir()
		first, err := embedded.Start(ctx, optionsFor(dir))
		Expect(err).NotTo(HaveOccurred())
		execute(ctx, first, "CREATE TABLE kept AS SELECT 'yes' AS answer")
		client := redis.NewClient(first.RedisOptions)
		Expect(client.Set(ctx, "kept", "yes", 0).Err()).To(Succeed())
		Expect(client.Close()).To(Succeed())
		Expect(first.Stop(ctx)).To(Succeed())
		Expect(first.PostgresPID()).To(BeZero())
		Expect(first.RedisPID()).To(BeZero())

		second := start(ctx, dir)
		Expect(second.PostgresAdopted).To(BeFalse())
		Expect(value(ctx, second.DSN, "SELECT answer FROM kept")).To(Equal("yes"))
		client = redis.NewClient(second.RedisOptions)
		DeferCleanup(client.Close)
		Expect(client.Get(ctx, "kept").Val()).To(Equal("yes"))
	})

	It("works below a path longer than a socket address may be", func(ctx SpecContext) {
		dir := filepath.Join(reachableDir(), strings.Repeat("a-long-name/", 12))
		services := start(ctx, dir)
		Expect(value(ctx, services.DSN, "SELECT 'up'")).To(Equal("up"))
		Expect(services.Root()).To(HavePrefix(dir[:20]))
	})

	It("begins again after a killed initdb", func(ctx SpecContext) {
		dir := reachableDir()
		half := filepath.Join(dir, "services", "postgres.new")
		Expect(os.MkdirAll(half, 0o755)).To(Succeed())
		Expect(os.WriteFile(filepath.Join(half, "PG_VERSION"), []byte("15\n"), 0o600)).To(Succeed())
		Expect(value(ctx, start(ctx, dir).DSN, "SELECT 'up'")).To(Equal("up"))
		Expect(half).NotTo(BeADirectory())
	})

	It("says what to install when the database was made by another PostgreSQL", func(ctx SpecContext) {
		dir := reachableDir()
		services, err := embedded.Start(ctx, optionsFor(dir))
		Expect(err).NotTo(HaveOccurred())
		Expect(services.Stop(ctx)).To(Succeed())
		Expect(os.WriteFile(filepath.Join(services.Root(), "postgres", "PG_VERSION"), []byte("9\n"), 0o600)).To(Succeed())

		_, err = embedded.Start(ctx, optionsFor(dir))
		Expect(err).To(MatchError(embedded.ErrMissingProgram))
		Expect(err).To(MatchError(ContainSubstring("postgresql-9")))
	})

	When("root runs it with a data folder that the database's user cannot enter", func() {
		BeforeEach(func() {
			if os.Geteuid() != 0 {
				Skip("needs root")
			}
			moved := reachableDir()
			DeferCleanup(embedded.SetMovedRoot(moved))
		})

		It("keeps the cluster elsewhere, leaves a pointer and finds it again", func(ctx SpecContext) {
			closed := GinkgoT().TempDir()
			Expect(os.Chmod(closed, 0o700)).To(Succeed())
			dir := filepath.Join(closed, "data")
			services, err := embedded.Start(ctx, optionsFor(dir))
			Expect(err).NotTo(HaveOccurred())
			execute(ctx, services, "CREATE TABLE moved AS SELECT 'yes' AS answer")
			Expect(services.Root()).NotTo(HavePrefix(closed))
			pointer, err := os.ReadFile(filepath.Join(dir, "services-moved-to"))
			Expect(err).NotTo(HaveOccurred())
			Expect(strings.TrimSpace(string(pointer))).To(Equal(services.Root()))
			Expect(services.Stop(ctx)).To(Succeed())

			again := start(ctx, dir)
			Expect(value(ctx, again.DSN, "SELECT answer FROM moved")).To(Equal("yes"))
			Expect(embedded.Attach(dir)).To(HaveField("DSN", again.DSN))
		})

		It("runs the services as another user than root", func(ctx SpecContext) {
			services := start(ctx, reachableDir())
			for _, pid := range []int{services.PostgresPID(), services.RedisPID()} {
				status, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "status"))
				Expect(err).NotTo(HaveOccurred())
				Expect(string(status)).To(MatchRegexp(`Uid:\s+[1-9]`))
			}
		})
	})
})
