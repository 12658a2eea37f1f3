// Package stats is the read model of the instance's totals: users, videos, views and bytes, now and by day.
//
// It may import event types of domain, projections/engine and pgx. Read model.go first, then queries.go.
package stats
