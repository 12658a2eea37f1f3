package failpoint_test

import (
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/failpoint"
)

const childVariable = "VIDILOG_FAILPOINT_TEST_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(childVariable) != "" {
		for range 2 {
			_ = failpoint.Hit("test.kill")
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func TestFailpoint(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "failpoint")
}

var _ = Describe("A failpoint", func() {
	point := failpoint.New("test.point")
	AfterEach(func() { Expect(failpoint.Arm("")).To(Succeed()) })

	It("does nothing when it is not armed", func() {
		Expect(point.Hit()).To(Succeed())
		Expect(failpoint.Hit("test.point")).To(Succeed())
	})

	It("answers an error on every hit", func() {
		Expect(failpoint.Arm("test.point=error")).To(Succeed())
		Expect(point.Hit()).To(MatchError(failpoint.ErrInjected))
		Expect(failpoint.Hit("test.point")).To(MatchError(ContainSubstring("test.point")))
	})

	It("acts on the n-th hit only", func() {
		Expect(failpoint.Arm("test.point=error@2")).To(Succeed())
		Expect(point.Hit()).To(Succeed())
		Expect(point.Hit()).To(MatchError(failpoint.ErrInjected))
		Expect(point.Hit()).To(Succeed())
	})

	It("panics and sleeps", func() {
		Expect(failpoint.Arm("test.point=panic;test.slow=sleep:20ms")).To(Succeed())
		Expect(func() { _ = point.Hit() }).To(PanicWith(ContainSubstring("test.point")))
		began := time.Now()
		Expect(failpoint.New("test.slow").Hit()).To(Succeed())
		Expect(time.Since(began)).To(BeNumerically(">=", 20*time.Millisecond))
	})

	DescribeTable("kills the process on the given hit",
		func(list string, killed bool) {
			child := exec.Command(os.Args[0])
			child.Env = append(os.Environ(), childVariable+"=1", failpoint.Environment+"="+list)
			err := child.Run()
			if !killed {
				Expect(err).NotTo(HaveOccurred())
				return
			}
			status, isStatus := child.ProcessState.Sys().(syscall.WaitStatus)
			Expect(isStatus).To(BeTrue())
			Expect(status.Signal()).To(Equal(syscall.SIGKILL))
		},
		Entry("the first", "test.kill=kill", true),
		Entry("the second", "test.kill=kill@2", true),
		Entry("a third that never comes", "test.kill=kill@3", false),
	)

	It("is listed by name once declared", func() {
		Expect(failpoint.Names()).To(ContainElement("test.point"))
	})

	It("is reported when nobody declares it", func() {
		Expect(failpoint.Arm("test.misspelt=kill")).To(Succeed())
		Expect(failpoint.Check()).To(MatchError(ContainSubstring("test.misspelt")))
		Expect(failpoint.Arm("test.point=error")).To(Succeed())
		Expect(failpoint.Check()).To(Succeed())
	})

	DescribeTable("refuses", func(list, reason string) {
		Expect(failpoint.Arm(list)).To(MatchError(ContainSubstring(reason)))
	},
		Entry("no action", "test.point", "name=action"),
		Entry("an unknown action", "test.point=explode", "kill, panic, error"),
		Entry("a count of zero", "test.point=kill@0", "from 1"),
		Entry("a sleep without duration", "test.point=sleep", "sleep:100ms"),
	)
})

func BenchmarkUnarmed(b *testing.B) {
	point := failpoint.New("test.bench")
	for b.Loop() {
		_ = point.Hit()
	}
}
