// Package httpx is the shared edge of all HTTP in Vidilog: the headers, errors, limits and logs that every answer has, a
// router of prefixes, and the guarded client for requests to other servers.
//
// Of the domain it knows domain/kernel's coded errors and nothing else. Read problem.go first.
package httpx
