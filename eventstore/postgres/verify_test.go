package postgres_test

import (
	"context"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/eventstore"
	"vidilog/eventstore/postgres"
)

var _ = Describe("Verifying the tables of the log", func() {
	var (
		dsn   string
		store *postgres.Store
	)
	BeforeEach(func() {
		dsn = emptyLog()
		store = open(dsn, postgres.Options{})
		for range 3 {
			mustAppend(store, note("a", eventstore.Any(), 2))
			mustAppend(store, note("b", eventstore.Any(), 1))
		}
	})
	verify := func() postgres.Ledger {
		GinkgoHelper()
		ledger, err := store.VerifyLedger(context.Background(), 10)
		Expect(err).NotTo(HaveOccurred())
		return ledger
	}

	It("finds nothing wrong with what was appended", func() {
		Expect(verify()).To(Equal(postgres.Ledger{Head: 9, Streams: 2}))
	})
	DescribeTable("finds what was changed behind the store's back", func(statement string, faults ...string) {
		_, err := connect(dsn).Exec(context.Background(), statement)
		Expect(err).NotTo(HaveOccurred())
		var said []string
		for _, f := range verify().Faults {
			said = append(said, f.Error())
		}
		Expect(said).To(ConsistOf(faults))
	},
		Entry("an event's version", `UPDATE events SET stream_version = 7 WHERE position = 6`,
			"event 6: has version 7 of stream video-b, which is its event number 2"),
		Entry("a removed event at the end", `DELETE FROM events WHERE position = 9`,
			"stream video-b is recorded with version 3 and events 3 to 9, the log has 2 events, 3 to 6",
			"the head is 9, the last event is at 8"),
		Entry("a removed stream", `DELETE FROM streams WHERE id = 'b'`,
			"stream video-b is recorded with version 0 and events 0 to 0, the log has 3 events, 3 to 9"),
		Entry("a stream's version", `UPDATE streams SET version = 5 WHERE id = 'a'`,
			"stream video-a is recorded with version 5 and events 1 to 8, the log has 6 events, 1 to 8"),
		Entry("a claim of the future", `INSERT INTO claims VALUES ('handle', 'anna', 'x', 10)`,
			"claim handle anna was taken at 10, after the end of the log"),
		Entry("a secret of the future", `INSERT INTO vault VALUES ('password-1', '\x00', 11)`,
			"secret password-1 was written at 11, after the end of the log"),
	)
})
