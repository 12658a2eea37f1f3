package passwords_test

import (
	"strings"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/passwords"
)

func TestPasswords(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Passwords")
}

var _ = Describe("A password", func() {
	It("matches its own hash and no other", func() {
		hash, err := passwords.Hash("correct horse")
		Expect(err).NotTo(HaveOccurred())
		Expect(passwords.Matches(hash, "correct horse")).To(BeTrue())
		Expect(passwords.Matches(hash, "correct horsf")).To(BeFalse())
	})
	It("may be longer than bcrypt looks at, as PeerTube's may", func() {
		long := strings.Repeat("super", 50)
		hash, err := passwords.Hash(long)
		Expect(err).NotTo(HaveOccurred())
		Expect(passwords.Matches(hash, long)).To(BeTrue())
		Expect(passwords.Matches(hash, long[:72])).To(BeTrue())
		Expect(passwords.Matches(hash, long[:71])).To(BeFalse())
	})
	It("matches nothing where there is no hash", func() {
		Expect(passwords.Matches(nil, "")).To(BeFalse())
		Expect(passwords.Matches(nil, "x")).To(BeFalse())
	})
})
