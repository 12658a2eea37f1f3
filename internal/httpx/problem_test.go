package httpx_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/kernel"
	"vidilog/internal/httpx"
)

func problemOf(method, target string, err error) *httptest.ResponseRecorder {
	return ask(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { httpx.Write(w, r, err) }), method, target)
}

// The expected bodies and ETags are answers of a running PeerTube 6.3.
var _ = Describe("A problem document", func() {
	It("is PeerTube's to the byte when there is no code", func() {
		answer := problemOf("DELETE", "/api/v1/videos/1/captions/de", kernel.NotFound("Video caption not found"))
		Expect(answer.Code).To(Equal(404))
		Expect(answer.Header().Get("Content-Type")).To(Equal("application/problem+json; charset=utf-8"))
		Expect(answer.Header().Get("Etag")).To(Equal(`W/"7c-Glk5HI8scoUfRvrkZWAXRlqZ/dE"`))
		Expect(answer.Body.String()).To(Equal(`{"type":"about:blank","title":"Not Found","detail":"Video caption not found","status":404,"error":"Video caption not found"}`))
	})

	It("is PeerTube's to the byte with a code and an operation", func() {
		handler := httpx.WithOperation("delVideo", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			httpx.Write(w, r, fmt.Errorf("authenticate: %w", kernel.Refuse(kernel.CodeUnauthenticated, "Token is invalid").WithAPICode("unauthorized_request")))
		}))
		answer := ask(handler, "DELETE", "/api/v1/videos/1")
		Expect(answer.Code).To(Equal(401))
		Expect(answer.Header().Get("Etag")).To(Equal(`W/"118-z1u10BUJcKNDpjdrEIE251VZodg"`))
	})

	It("names every wrong parameter of joined refusals", func() {
		tooShort := kernel.Invalid("name", "Should have a video name between 3 and 120 characters long")
		tooShort.Data = map[string]any{"value": "a"}
		answer := problemOf("POST", "/api/v1/videos/upload", errors.Join(tooShort, fmt.Errorf("body: %w", kernel.Invalid("channelId", "Invalid value"))))
		Expect(answer.Code).To(Equal(400))
		Expect(answer.Body.String()).To(MatchJSON(`{
			"type": "about:blank", "title": "Bad Request", "status": 400, "instance": "/api/v1/videos/upload",
			"detail": "Incorrect request parameters: name, channelId", "error": "Incorrect request parameters: name, channelId",
			"invalid-params": {
				"name": {"type": "field", "value": "a", "msg": "Should have a video name between 3 and 120 characters long", "path": "name", "location": "body"},
				"channelId": {"type": "field", "msg": "Invalid value", "path": "channelId", "location": "body"}
			}}`))
	})

	DescribeTable("repeats what was sent where the refusal does not say it", func(field string, expected any) {
		answer := ask(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			httpx.Remember(r, map[string]any{
				"name": "a", "waits": false, "instance": map[string]any{"terms": 3.0}, "password": "secret", "tags": nil,
			})
			httpx.Write(w, r, kernel.Invalid(field, "must be different"))
		}), "POST", "/?count=1000")
		var document struct {
			Params map[string]map[string]any `json:"invalid-params"`
		}
		Expect(json.Unmarshal(answer.Body.Bytes(), &document)).To(Succeed())
		if expected == nil {
			Expect(document.Params[field]).NotTo(HaveKey("value"))
			return
		}
		Expect(document.Params[field]).To(HaveKeyWithValue("value", expected))
	},
		Entry("a text", "name", "a"), Entry("a member of a member", "instance.terms", 3.0), Entry("false", "waits", false),
		Entry("nothing of what is not there", "channelId", nil), Entry("nothing of a text's members", "name.first", nil),
		Entry("nothing of null", "tags", nil), Entry("no secret", "password", nil), Entry("nothing of another place", "count", nil),
	)

	It("repeats a parameter of the address, but no token", func() {
		refused := errors.Join(kernel.Invalid("count", "must be less"), kernel.Invalid("videoFileToken", "must be another"))
		Expect(problemOf("GET", "/?count=1000&videoFileToken=secret", refused).Body.String()).To(
			And(ContainSubstring(`"value":"1000"`), Not(ContainSubstring(`"value":"secret"`))))
	})

	DescribeTable("tells a client whether it may come back", func(fault error, status int, after string) {
		answer := problemOf("PUT", "/api/v1/videos/upload-resumable", fmt.Errorf("write a part: %w", fault))
		Expect(answer.Code).To(Equal(status))
		Expect(answer.Header().Get("Retry-After")).To(Equal(after))
		Expect(answer.Body.String()).NotTo(ContainSubstring(fault.Error()), "internals are for the log")
	},
		Entry("a full disk", &fs.PathError{Op: "write", Path: "/data/a", Err: syscall.ENOSPC}, 507, ""),
		Entry("a quota of the disk", &fs.PathError{Op: "write", Path: "/data/a", Err: syscall.EDQUOT}, 507, ""),
		Entry("a database that starts", &pgconn.PgError{Code: "57P03", Message: "the database system is starting up"}, 503, "5"),
		Entry("a query that the database refuses", &pgconn.PgError{Code: "42601", Message: "syntax error"}, 500, ""),
		Entry("any other fault", errors.New("broken"), 500, ""),
	)

	It("tells a client to come back when the database cannot be reached", func() {
		_, fault := pgconn.Connect(context.Background(), "host=/nowhere user=nobody")
		answer := problemOf("GET", "/", fault)
		Expect(answer.Code).To(Equal(503))
		Expect(answer.Body.String()).NotTo(ContainSubstring("nowhere"))
	})

	DescribeTable("has the status of the code", func(code kernel.Code, status int) {
		Expect(problemOf("GET", "/", kernel.Refuse(code, "no")).Code).To(Equal(status))
	},
		Entry(nil, kernel.CodeInvalid, 400), Entry(nil, kernel.CodeUnauthenticated, 401), Entry(nil, kernel.CodeForbidden, 403),
		Entry(nil, kernel.CodeNotFound, 404), Entry(nil, kernel.CodeConflict, 409), Entry(nil, kernel.CodeTooLarge, 413),
		Entry(nil, kernel.CodeUnsupportedMedia, 415), Entry(nil, kernel.CodeUnprocessable, 422), Entry(nil, kernel.CodeUnavailable, 503),
	)

	It("carries further members and Retry-After", func() {
		busy := kernel.Refuse(kernel.CodeUnavailable, "The upload is being finished")
		busy.Data = map[string]any{"retryAfter": 300, "originUrl": "https://other.example"}
		answer := problemOf("PUT", "/", busy)
		Expect(answer.Header().Get("Retry-After")).To(Equal("300"))
		Expect(answer.Body.String()).To(ContainSubstring(`"status":503,"originUrl":"https://other.example","error"`))
	})

	It("is a plain text for too many requests", func() {
		answer := problemOf("GET", "/", kernel.Refuse(kernel.CodeTooMany, "slow down"))
		Expect(answer.Code).To(Equal(429))
		Expect(answer.Header().Get("Content-Type")).To(Equal("text/html; charset=utf-8"))
		Expect(answer.Body.String()).To(Equal("Too many requests, please try again later."))
	})

	It("tells nothing of the inside", func() {
		answer := problemOf("GET", "/", errors.New("pq: password of user secret"))
		Expect(answer.Code).To(Equal(500))
		Expect(answer.Body.String()).NotTo(ContainSubstring("secret"))
	})

	It("names bad JSON as PeerTube does", func() {
		var into struct{}
		err := json.Unmarshal([]byte("{bad"), &into)
		answer := problemOf("POST", "/", fmt.Errorf("decode body: %w", err))
		Expect(answer.Code).To(Equal(400))
		Expect(answer.Body.String()).To(ContainSubstring(`"code":"SyntaxError"`))
	})

	It("refuses a body over the limit, declared or not", func() {
		handler := httpx.LimitBody(4)(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			buffer := make([]byte, 64)
			if _, err := r.Body.Read(buffer); err != nil {
				httpx.Write(w, r, err)
			}
		}))
		for _, declared := range []int64{-1, 10} {
			request := httptest.NewRequest("POST", "/", strings.NewReader("0123456789"))
			request.ContentLength = declared
			recorder := httptest.NewRecorder()
			handler.ServeHTTP(recorder, request)
			Expect(recorder.Code).To(Equal(413))
			Expect(recorder.Body.String()).To(ContainSubstring("PayloadTooLargeError"))
		}
	})
})
