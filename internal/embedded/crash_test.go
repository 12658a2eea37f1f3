package embedded_test

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"

	"github.com/jackc/pgx/v5"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/redis/go-redis/v9"

	"vidilog/internal/embedded"
)

var _ = Describe("After a crash", func() {
	var dir string
	var services *embedded.Services

	// Abandoned services are exactly what a vidilog leaves that was killed with SIGKILL.
	BeforeEach(func(ctx SpecContext) {
		dir = reachableDir()
		var err error
		services, err = embedded.Start(ctx, optionsFor(dir))
		Expect(err).NotTo(HaveOccurred())
		execute(ctx, services, "CREATE TABLE kept AS SELECT 'yes' AS answer")
		DeferCleanup(func(ctx SpecContext) { Expect(services.Stop(ctx)).To(Succeed()) })
	})

	It("adopts the services that a killed vidilog left running", func(ctx SpecContext) {
		services.Abandon()
		postgres, redisProcess := services.PostgresPID(), services.RedisPID()

		again := start(ctx, dir)
		Expect(again.PostgresAdopted).To(BeTrue())
		Expect(again.RedisAdopted).To(BeTrue())
		Expect(again.PostgresPID()).To(Equal(postgres))
		Expect(again.RedisPID()).To(Equal(redisProcess))
		Expect(again.Stop(ctx)).To(Succeed())
		Expect(again.PostgresPID()).To(BeZero())
		Expect(again.RedisPID()).To(BeZero())
	})

	It("adopts them from a server whose whole process group was killed", func(ctx SpecContext) {
		other := reachableDir()
		server := exec.Command(os.Args[0])
		server.Env = append(os.Environ(), childFolder+"="+other)
		server.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
		output, err := server.StdoutPipe()
		Expect(err).NotTo(HaveOccurred())
		server.Stderr = GinkgoWriter
		Expect(server.Start()).To(Succeed())
		line, err := bufio.NewReader(output).ReadString('\n')
		Expect(err).NotTo(HaveOccurred())
		Expect(line).To(HavePrefix("up "))
		Expect(syscall.Kill(-server.Process.Pid, syscall.SIGKILL)).To(Succeed())
		Expect(server.Wait()).To(MatchError(ContainSubstring("killed")))

		adopted := start(ctx, other)
		Expect(adopted.PostgresAdopted).To(BeTrue())
		Expect(adopted.RedisAdopted).To(BeTrue())
		Expect(value(ctx, adopted.DSN, "SELECT 'up'")).To(Equal("up"))
	})

	It("starts over a killed postmaster whose children still hold the shared memory", func(ctx SpecContext) {
		services.Abandon()
		busy, err := pgx.Connect(ctx, services.DSN)
		Expect(err).NotTo(HaveOccurred())
		DeferCleanup(func(ctx SpecContext) { _ = busy.Close(ctx) })
		kill(services.PostgresPID())

		again := start(ctx, dir)
		Expect(again.PostgresAdopted).To(BeFalse())
		Expect(value(ctx, again.DSN, "SELECT answer FROM kept")).To(Equal("yes"))
	})

	It("is not misled by a stale pid file whose number belongs to a stranger", func(ctx SpecContext) {
		Expect(services.Stop(ctx)).To(Succeed())
		name := filepath.Join(services.Root(), "postgres", "postmaster.pid")
		stale := strconv.Itoa(os.Getpid()) + "\n" + services.Root() + "/postgres\n1\n5432\n/nowhere\n\n  1 1\nready\n"
		Expect(os.WriteFile(name, []byte(stale), 0o644)).To(Succeed())

		again := start(ctx, dir)
		Expect(value(ctx, again.DSN, "SELECT answer FROM kept")).To(Equal("yes"))
	})

	It("starts PostgreSQL and Redis again when they die while vidilog runs", func(ctx SpecContext) {
		client := redis.NewClient(services.RedisOptions)
		DeferCleanup(client.Close)
		Expect(client.Set(ctx, "kept", "yes", 0).Err()).To(Succeed())
		postgres, redisProcess := services.PostgresPID(), services.RedisPID()
		kill(postgres)
		kill(redisProcess)

		Eventually(services.PostgresPID).Should(And(BeNumerically(">", 0), Not(Equal(postgres))))
		Eventually(services.RedisPID).Should(And(BeNumerically(">", 0), Not(Equal(redisProcess))))
		Eventually(func() error {
			connection, err := pgx.Connect(ctx, services.DSN)
			if err != nil {
				return err
			}
			return connection.Close(ctx)
		}).Should(Succeed())
		Expect(value(ctx, services.DSN, "SELECT answer FROM kept")).To(Equal("yes"))
		Eventually(func() string { return client.Get(ctx, "kept").Val() }).Should(Equal("yes"))
	})

	It("lets a verb of the command line attach, and says when nothing runs", func(ctx SpecContext) {
		attached, err := embedded.Attach(dir)
		Expect(err).NotTo(HaveOccurred())
		Expect(value(ctx, attached.DSN, "SELECT answer FROM kept")).To(Equal("yes"))
		Expect(redis.NewClient(attached.RedisOptions).Ping(ctx).Err()).To(Succeed())
		Expect(attached.Stop(ctx)).To(Succeed())
		Expect(services.PostgresPID()).To(BeNumerically(">", 0), "stopping what was attached stops nothing")

		Expect(services.Stop(ctx)).To(Succeed())
		_, err = embedded.Attach(dir)
		Expect(err).To(MatchError(embedded.ErrNotRunning))
	})
})
