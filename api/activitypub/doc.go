// Package activitypub answers what other instances ask for: actors, videos, collections and outboxes, at the addresses that people see
// as pages.
//
// It may import federation, queries of projections, api/authn, api/shape, api/rest/access, api/rest/respond and internal. Read
// activitypub.go first.
package activitypub
