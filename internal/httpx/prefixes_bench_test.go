package httpx_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gorilla/mux"

	"vidilog/internal/httpx"
)

// BenchmarkPrefixes asks for the last of 420 routes in 60 routers of 7; one flat mux needs 16 µs for it.
func BenchmarkPrefixes(b *testing.B) {
	front := httpx.NewPrefixes(nil)
	nothing := func(http.ResponseWriter, *http.Request) {}
	for resource := range 60 {
		router := mux.NewRouter()
		for route := range 7 {
			router.HandleFunc(fmt.Sprintf("/api/v1/x%d/r%d/{id}", resource, route), nothing).Methods(http.MethodGet)
		}
		front.Handle(fmt.Sprintf("/api/v1/x%d", resource), router)
	}
	request := httptest.NewRequest(http.MethodGet, "/api/v1/x59/r6/7", nil)
	recorder := httptest.NewRecorder()
	b.ReportAllocs()
	for b.Loop() {
		front.ServeHTTP(recorder, request)
	}
	if recorder.Code != http.StatusOK {
		b.Fatal(recorder.Code)
	}
}
