package account_test

import (
	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/account"
	"vidilog/domain/domaintest"
	"vidilog/domain/kernel"
)

var _ = Describe("Opening an account", func() {
	scenario := domaintest.For[account.Account]()
	create := account.Create{
		AccountID: kernel.AccountID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000001")}, IntegerID: 3, ActorID: 4,
		UserID: kernel.UserID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000002")}, Name: "ada", DisplayName: "Ada",
		PublicKey: "PEM", PrivateKeyRef: "account/key",
	}

	It("records the name and its keys", func() {
		after := scenario.Given().When(create).Then(account.Created(create))
		Expect(after.State()).To(Equal(account.Account{Exists: true, UserID: create.UserID, Name: "ada"}))
	})
	It("is refused for one that exists", func() {
		refusal := scenario.Given(account.Created(create)).When(create).ThenError(kernel.CodeConflict)
		Expect(refusal.Detail).To(ContainSubstring("ada"))
	})
})
