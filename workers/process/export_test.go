package process

// Dispatch is dispatch for the test that every intent has a command.
var Dispatch = dispatch
