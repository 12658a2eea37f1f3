package storetest

import (
	"context"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/eventstore"
)

// DescribeLog specifies an adapter. open answers an empty log of its own for each test, and sees to its end.
func DescribeLog(name string, open func() eventstore.Log) bool {
	return Describe(name, func() {
		var s *subject
		BeforeEach(func(ctx SpecContext) { s = &subject{ctx: ctx, log: open()} }, NodeTimeout(time.Minute))
		log := func() *subject { return s }
		describeAppending(log)
		describeConcurrency(log)
		describeClaims(log)
		describeCommands(log)
		describeReading(log)
		describeVaultAndIntegers(log)
		describeWatching(log)
		describeRefusals(log)
	})
}

// subject is the log under test with words for the specification.
type subject struct {
	ctx context.Context
	log eventstore.Log
}

// append must succeed.
func (s *subject) append(parts ...func(*eventstore.Append)) eventstore.Receipt {
	GinkgoHelper()
	receipt, err := s.try(parts...)
	Expect(err).NotTo(HaveOccurred())
	return receipt
}

func (s *subject) try(parts ...func(*eventstore.Append)) (eventstore.Receipt, error) {
	return s.log.Append(context.Background(), newAppend(parts...))
}

// refuses an append and records nothing.
func (s *subject) refuses(want error, parts ...func(*eventstore.Append)) {
	GinkgoHelper()
	before := s.head()
	_, err := s.try(parts...)
	Expect(err).To(Equal(want))
	Expect(s.head()).To(Equal(before))
}

func (s *subject) head() eventstore.Position {
	GinkgoHelper()
	head, err := s.log.Head(context.Background())
	Expect(err).NotTo(HaveOccurred())
	return head
}

func (s *subject) read(after eventstore.Position, limit int) []eventstore.Recorded {
	GinkgoHelper()
	events, err := s.log.Read(context.Background(), after, limit)
	Expect(err).NotTo(HaveOccurred())
	return events
}

func (s *subject) readStream(id string, after eventstore.Version, limit int) []eventstore.Recorded {
	GinkgoHelper()
	events, err := s.log.ReadStream(context.Background(), stream(id), after, limit)
	Expect(err).NotTo(HaveOccurred())
	return events
}

// owner is who holds a handle, empty when nobody does.
func (s *subject) owner(key string) string {
	GinkgoHelper()
	owner, found, err := s.log.ClaimOwner(context.Background(), handle(key))
	Expect(err).NotTo(HaveOccurred())
	Expect(found).To(Equal(owner != ""))
	return owner
}
