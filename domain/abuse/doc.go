// Package abuse decides about reports of abuse: somebody reports a video, a comment or an account, moderators decide and write a note
// for themselves, and both sides write messages to each other.
//
// There is one stream per report. What people write in it is private: each text is sealed with the key of the person who wrote it, and
// reads as redacted once that person has been erased. A report outlives what it is about: it carries what is shown of that.
//
// It may import domain/kernel. Read report.go.
package abuse
