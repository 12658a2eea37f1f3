// Package jobs is the read model of media jobs: what is wanted, who works on it and how it ended.
//
// It is asked by the worker that looks for something to do, by the administrator's job lists and by the page that shows how
// far an upload is. Progress in per cent is no event and not here.
//
// It may import event types of domain, projections/engine and pgx. Read model.go first, then queries.go.
package jobs
