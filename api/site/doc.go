// Package site answers what crawlers, browsers and other instances look for at fixed places of every site: /.well-known, NodeInfo,
// robots.txt, the sitemap, the description of the search.
//
// It may import federation/discovery, queries of projections, api/shape, api/rest and internal. Read site.go first.
package site
