// Package archtest holds the table of which package may import which, and the test that keeps the code to it.
//
// The table is data (table.go); read it first. A package that is in no row fails the test: whoever adds a folder says here
// what it may know. The package imports the standard library only.
package archtest
