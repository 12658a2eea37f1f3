package jobs

// Choose is what source decides before it looks at files.
var Choose = choose
