package process_test

import (
	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/account"
	"vidilog/domain/kernel"
	"vidilog/domain/process"
)

var _ = Describe("The process of a deleted account's comments", func() {
	id := kernel.AccountID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000007")}
	remove := process.Decision{Intents: []process.Intent{process.RemoveCommentsOfAccount{AccountID: id}}}

	DescribeTable("answers", func(e kernel.Event, decision process.Decision, concerned bool) {
		Expect(process.AccountComments{}.React(process.Cause{Data: e})).To(Equal(decision))
		_, ok := process.AccountCommentsKey(e)
		Expect(ok).To(Equal(concerned))
	},
		Entry("the deletion with the first step", account.Deleted{AccountID: id}, remove, true),
		Entry("a step with the next where there are more", account.CommentsRemoved{AccountID: id, Comments: 100, More: true}, remove, true),
		Entry("the last step with nothing", account.CommentsRemoved{AccountID: id, Comments: 3}, process.Decision{}, false),
		Entry("what is none of its business with nothing", account.Updated{AccountID: id}, process.Decision{}, false),
	)
})
