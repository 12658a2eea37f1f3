// Package enginetest helps to test read models: a log in memory, and the property that every reducer must have.
//
// A read model's test says
//
//	It("gives the same rows however the log is cut", func() {
//		enginetest.CheckSplits(GinkgoT(), testpg.DSN(GinkgoT()), catalog.Definition(), func(t *rapid.T) []kernel.Event { … })
//	})
//
// It may import the engine and rapid. Read splits.go first.
package enginetest
