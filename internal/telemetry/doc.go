// Package telemetry sets up what the server tells about itself: structured logs, Prometheus metrics and OpenTelemetry
// traces, joined by the trace id.
//
// It imports nothing of Vidilog. Read logging.go first.
package telemetry
