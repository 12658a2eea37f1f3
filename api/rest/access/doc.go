// Package access finds the video that a URL names and decides whether the caller may see it: once, for every route that is about
// one video.
//
// It may import domain/…, queries of projections, api/authn and api/shape. Read reference.go first.
package access
