// Package storetest is the conformance suite of the event store: what every adapter must do, sentence by sentence of the
// ports. An adapter's tests call DescribeLog (Ginkgo) and CompareWithOracle (rapid).
//
// It may import the ports and no adapter. Read log.go first.
package storetest
