package embedded_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/embedded"
)

// childFolder makes the test binary a server on that folder, which prints a line when it is up and then waits to be killed.
const childFolder = "VIDILOG_EMBEDDED_TEST_FOLDER"

func TestMain(m *testing.M) {
	dir := os.Getenv(childFolder)
	if dir == "" {
		os.Exit(m.Run())
	}
	services, err := embedded.Start(context.Background(), embedded.Options{DataDir: dir, PostgresSettings: fast})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println("up", services.DSN)
	select {}
}

func TestEmbedded(t *testing.T) {
	RegisterFailHandler(Fail)
	SetDefaultEventuallyTimeout(30 * time.Second)
	RunSpecs(t, "embedded services")
}

// fast leaves out fsync, which no spec here depends on: processes are killed, the machine is not.
var fast = map[string]string{"fsync": "off"}

// reachableDir is a data folder that any user may enter; GinkgoT().TempDir is closed to others.
func reachableDir() string {
	dir, err := os.MkdirTemp("/tmp", "vidilog-embedded-")
	Expect(err).NotTo(HaveOccurred())
	Expect(os.Chmod(dir, 0o755)).To(Succeed())
	DeferCleanup(os.RemoveAll, dir)
	return dir
}

// start starts services that are stopped after the spec.
func start(ctx context.Context, dir string) *embedded.Services {
	GinkgoHelper()
	services, err := embedded.Start(ctx, optionsFor(dir))
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(func(ctx SpecContext) { Expect(services.Stop(ctx)).To(Succeed()) })
	return services
}

func optionsFor(dir string) embedded.Options {
	return embedded.Options{
		DataDir: dir, PostgresSettings: fast,
		Logger:   slog.New(slog.NewTextHandler(GinkgoWriter, nil)),
		Progress: func(line string) { GinkgoWriter.Println(line) },
	}
}

func execute(ctx context.Context, services *embedded.Services, statement string) {
	GinkgoHelper()
	connection, err := pgx.Connect(ctx, services.DSN)
	Expect(err).NotTo(HaveOccurred())
	defer connection.Close(ctx)
	_, err = connection.Exec(ctx, statement)
	Expect(err).NotTo(HaveOccurred())
}

func value(ctx context.Context, dsn, query string) string {
	GinkgoHelper()
	connection, err := pgx.Connect(ctx, dsn)
	Expect(err).NotTo(HaveOccurred())
	defer connection.Close(ctx)
	var text string
	Expect(connection.QueryRow(ctx, query).Scan(&text)).To(Succeed())
	return text
}

func kill(pid int) {
	GinkgoHelper()
	Expect(pid).To(BeNumerically(">", 1))
	Expect(syscall.Kill(pid, syscall.SIGKILL)).To(Succeed())
}
