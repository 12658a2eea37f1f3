// Package access finds the video that a URL names and decides whether the caller may see it, manage it or read its files: once,
// for every route that is about one video. A handler of such a route calls Guard.See or Guard.Manage and has the video's key.
//
// It may import domain/…, queries of projections, api/authn and api/shape. Read guard.go first.
package access
