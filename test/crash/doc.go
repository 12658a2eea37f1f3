// Package crash kills real servers at named places of their code, and their database with them, and looks at what a new start
// makes of it: nothing that was acknowledged is lost, nothing is half there, and a second start has nothing left to do.
//
// It has tests only. Read crash_test.go.
package crash
