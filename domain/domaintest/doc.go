// Package domaintest lets the tests of the domain read as a specification: given events, when a verb, then events or a
// refusal.
//
//	var scenario = domaintest.For[video.Video]()
//	scenario.Given(uploaded).When(video.Publish{}).Then(video.Published{VideoID: id})
//
// Every scenario also checks what holds of all verbs: a decision is the same each time it is made, and neither deciding nor
// folding changes the state or the events it starts from, because folded states are shared by readers.
//
// It may import domain/kernel and the test libraries. Read scenario.go first.
package domaintest
