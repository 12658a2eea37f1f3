package e2e_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/test/e2e/instance"
)

var _ = Describe("A server that cannot start", func() {
	var place string
	var i *instance.Instance
	BeforeEach(func(ctx SpecContext) {
		var err error
		place, err = os.MkdirTemp(folder, "start-")
		Expect(err).NotTo(HaveOccurred())
		i, err = instance.New(ctx, binary, place)
		Expect(err).NotTo(HaveOccurred())
		DeferCleanup(i.CleanUp)
	}, NodeTimeout(time.Minute))

	It("says that its address is taken before it makes databases and draws a password", func(ctx SpecContext) {
		other, err := new(net.ListenConfig).Listen(ctx, "tcp", i.Address)
		Expect(err).NotTo(HaveOccurred())
		web := httptest.NewUnstartedServer(http.NotFoundHandler())
		Expect(web.Listener.Close()).To(Succeed())
		web.Listener = other
		web.Start()
		DeferCleanup(web.Close)
		Expect(i.Start()).To(MatchError(And(ContainSubstring("another program listens on "+i.Address), ContainSubstring("--listen"))))
		made, err := filepath.Glob(filepath.Join(i.Data, "*"))
		Expect(err).NotTo(HaveOccurred())
		Expect(made).To(ConsistOf(HaveSuffix(".lock")))
	}, SpecTimeout(time.Minute))

	It("says that its folder is none", func() {
		Expect(os.WriteFile(i.Data, nil, 0o600)).To(Succeed())
		Expect(i.Start()).To(MatchError(And(ContainSubstring(i.Data), ContainSubstring("not a directory"))))
	})

	It("names the key and the value that are wrong", func() {
		Expect(i.Start(`NODE_CONFIG={"transcoding":{"concurrency":"many"}}`)).
			To(MatchError(And(ContainSubstring("transcoding.concurrency"), ContainSubstring(`"many"`))))
	})
})
