package main

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// figures are the result of one measurement.
type figures struct {
	Name    string `json:"name"`
	Request string `json:"request"`
	Clients int    `json:"clients"`
	// Skipped says why there are no figures.
	Skipped    string  `json:"skipped,omitempty"`
	Requests   int64   `json:"requests"`
	Seconds    float64 `json:"seconds"`
	PerSecond  float64 `json:"perSecond"` // only those that were answered as they must be
	P50        float64 `json:"p50Milliseconds"`
	P99        float64 `json:"p99Milliseconds"`
	Errors     int64   `json:"errors"`
	FirstError string  `json:"firstError,omitempty"`
	// CPU is what the instance's processes used per request, in milliseconds; 0 where no process was named.
	CPU float64 `json:"cpuMillisecondsPerRequest"`
	// Load is the machine's load average of the last minute, at the end.
	Load float64 `json:"load"`
}

// String is the line shown while measuring.
func (f figures) String() string {
	if f.Skipped != "" {
		return fmt.Sprintf("%-12s skipped: %s", f.Name, f.Skipped)
	}
	s := fmt.Sprintf("%-12s %2d clients  %9.1f/s  p50 %8.2f ms  p99 %8.2f ms  %d errors  %.3f CPU ms  load %.1f",
		f.Name, f.Clients, f.PerSecond, f.P50, f.P99, f.Errors, f.CPU, f.Load)
	if f.FirstError != "" {
		s += "\n             first error: " + f.FirstError
	}
	return s
}

// uploadPatience lengthens measurements that are ended by number: uploads take long.
const uploadPatience = 12

// measure tries a kind of request once, warms up, and sends it until time or number are used up.
func measure(ctx context.Context, k kind, o options) figures {
	f := figures{Name: k.name, Request: k.label, Clients: k.clients}
	first, err := k.send(ctx, 0, 0)
	wrong := err
	if err == nil {
		wrong = k.accept(first)
	}
	if wrong != nil && lacking(first, wrong) {
		f.Skipped = "not offered"
		if first.status != 0 {
			f.Skipped += fmt.Sprintf(" (status %d)", first.status)
		}
		return f
	}
	length, most := o.Length, o.Most
	if k.most > 0 {
		length, most = length*uploadPatience, min(most, k.most)
	} else {
		drive(ctx, k, o.WarmUp, most, 1)
	}
	cpu, began := o.Processes.cpu(), time.Now()
	samples := drive(ctx, k, length, most, 1+most)
	f.Seconds = time.Since(began).Seconds()
	f.sum(samples)
	if used := o.Processes.cpu() - cpu; f.Requests > 0 {
		f.CPU = float64(used.Microseconds()) / 1000 / float64(f.Requests)
	}
	f.Load = loadAverage()
	return f
}

// sample is what one client saw.
type sample struct {
	times  []time.Duration
	errors int64
	first  error
}

// drive lets the clients send, each its next request when the last is answered. Requests are numbered from base on for each
// client, so that no two of a run are the same.
func drive(ctx context.Context, k kind, length time.Duration, most, base int64) []sample {
	bounded, cancel := context.WithTimeout(ctx, length)
	defer cancel()
	var sent atomic.Int64
	samples := make([]sample, k.clients)
	var clients sync.WaitGroup
	for c := range k.clients {
		clients.Go(func() {
			for n := base; bounded.Err() == nil && sent.Add(1) <= most; n++ {
				samples[c].add(ctx, k, c, n) // what has begun may end, and counts
			}
		})
	}
	clients.Wait()
	return samples
}

func (s *sample) add(ctx context.Context, k kind, client int, n int64) {
	began := time.Now()
	a, err := k.send(ctx, client, n)
	took := time.Since(began)
	if err == nil {
		err = k.accept(a)
	}
	if err != nil {
		s.errors++
		if s.first == nil {
			s.first = err
		}
		return
	}
	s.times = append(s.times, took)
}

// sum makes figures of samples. Only what was answered rightly has a rate and a time.
func (f *figures) sum(samples []sample) {
	var times []time.Duration
	for _, s := range samples {
		times = append(times, s.times...)
		f.Errors += s.errors
		if s.first != nil && f.FirstError == "" {
			f.FirstError = s.first.Error()
		}
	}
	slices.Sort(times)
	f.Requests = int64(len(times)) + f.Errors
	if f.Seconds > 0 {
		f.PerSecond = float64(len(times)) / f.Seconds
	}
	f.P50, f.P99 = quantile(times, 0.50), quantile(times, 0.99)
}

// quantile answers the nearest-rank quantile in milliseconds; 0 without times.
func quantile(sorted []time.Duration, q float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	rank := int(q*float64(len(sorted))+0.999999) - 1
	return float64(sorted[min(max(rank, 0), len(sorted)-1)].Microseconds()) / 1000
}
