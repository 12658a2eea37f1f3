package telemetry

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"

	"github.com/google/uuid"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

const tracerName = "vidilog"

// TracingOptions of SetupTracing.
type TracingOptions struct {
	// Endpoint is the URL of an OTLP collector, e.g. http://127.0.0.1:4318; empty records nothing.
	Endpoint string
	// Version of the server, shown with every trace.
	Version string
}

// SetupTracing installs the process's tracer. Without an endpoint spans are not recorded but still have ids, so that
// logs, commands and events of one request can be joined. The answer flushes and ends the export.
func SetupTracing(ctx context.Context, options TracingOptions) (func(context.Context) error, error) {
	settings := []sdktrace.TracerProviderOption{sdktrace.WithSampler(sdktrace.NeverSample())}
	if options.Endpoint != "" {
		slog.InfoContext(ctx, "Registering Open Telemetry tracing", "endpoint", options.Endpoint) // PeerTube's words
		exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(tracesURL(options.Endpoint)))
		if err != nil {
			return nil, fmt.Errorf("set up traces to %s: %w", options.Endpoint, err)
		}
		settings = []sdktrace.TracerProviderOption{
			sdktrace.WithBatcher(exporter),
			sdktrace.WithResource(resource.NewSchemaless(
				attribute.String("service.name", "vidilog"), attribute.String("service.version", options.Version))),
		}
	}
	provider := sdktrace.NewTracerProvider(settings...)
	otel.SetTracerProvider(provider)
	otel.SetTextMapPropagator(propagation.TraceContext{})
	return provider.Shutdown, nil
}

// tracesURL adds the path of the OTLP specification to an endpoint without one.
func tracesURL(endpoint string) string {
	parsed, err := url.Parse(endpoint)
	if err != nil || (parsed.Path != "" && parsed.Path != "/") {
		return endpoint
	}
	return parsed.JoinPath("v1", "traces").String()
}

// Span starts a span below that of the context. The caller ends it, with End below or by itself.
func Span(ctx context.Context, name string, attributes ...attribute.KeyValue) (context.Context, trace.Span) {
	return otel.Tracer(tracerName).Start(ctx, name, trace.WithAttributes(attributes...))
}

// End ends a span and marks it as failed when there is an error.
func End(span trace.Span, err error) {
	if err != nil {
		span.SetStatus(codes.Error, err.Error())
	}
	span.End()
}

// TraceID answers the id that joins everything one request caused, 32 hexadecimal digits, or "".
func TraceID(ctx context.Context) string {
	if span := trace.SpanContextFromContext(ctx); span.HasTraceID() {
		return span.TraceID().String()
	}
	return ""
}

var traceContext = propagation.TraceContext{}

// Traceparent answers the span of the context in the form of W3C Trace Context, to be stored with an event or a job.
func Traceparent(ctx context.Context) string {
	carrier := propagation.MapCarrier{}
	traceContext.Inject(ctx, carrier)
	return carrier["traceparent"]
}

// WithTraceparent goes on with the trace of a stored traceparent; an unreadable one changes nothing.
func WithTraceparent(ctx context.Context, traceparent string) context.Context {
	return traceContext.Extract(ctx, propagation.MapCarrier{"traceparent": traceparent})
}

// Continue goes on with the trace that an event belongs to: the correlation of events is the trace id of the request they are
// owed to, and the event itself stands for the span above. So a job that runs minutes later, in another process, is seen below
// the upload that asked for it.
func Continue(ctx context.Context, correlation, cause uuid.UUID) context.Context {
	parent := trace.NewSpanContext(trace.SpanContextConfig{
		TraceID: trace.TraceID(correlation), SpanID: trace.SpanID(cause[8:]), TraceFlags: trace.FlagsSampled, Remote: true,
	})
	if !parent.IsValid() {
		return ctx
	}
	return trace.ContextWithRemoteSpanContext(ctx, parent)
}

// Middleware gives every request a span, below the caller's when it sends a traceparent.
func Middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := traceContext.Extract(r.Context(), propagation.HeaderCarrier(r.Header))
		ctx, span := otel.Tracer(tracerName).Start(ctx, r.Method+" "+areaOf(r.URL.Path), trace.WithSpanKind(trace.SpanKindServer))
		defer span.End()
		if span.IsRecording() {
			span.SetAttributes(attribute.String("http.request.method", r.Method), attribute.String("url.path", r.URL.Path))
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}
