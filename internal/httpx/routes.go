package httpx

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"github.com/gorilla/mux"
)

type operationKey struct{}

// operation is a handler that knows what it is called in the OpenAPI document.
type operation struct {
	name string
	next http.Handler
}

// WithOperation names the OpenAPI operation that serves the request; problem documents then carry its "docs", and Routes tells it.
func WithOperation(name string, next http.Handler) http.Handler { return operation{name, next} }

// ServeHTTP passes the request on.
func (o operation) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	o.next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), operationKey{}, o.name)))
}

// Route is one thing that can be asked for.
type Route struct {
	// Method is empty for a handler that decides by itself, which then serves everything below Path.
	Method string `json:"method"`
	// Path is mux's template, such as /api/v1/videos/{id}.
	Path string `json:"path"`
	// Operation is the name in the OpenAPI document, empty where there is none.
	Operation string `json:"operation"`
}

// Routes lists everything that is registered, by path and method: what a table that must leave nothing out is held against.
func (p *Prefixes) Routes() ([]Route, error) {
	var list []Route
	for prefix, handlers := range p.handlers {
		for _, h := range handlers {
			router, isRouter := h.(*mux.Router)
			if !isRouter {
				list = append(list, Route{Path: prefix})
				continue
			}
			routes, err := routesOf(router)
			if err != nil {
				return nil, err
			}
			list = append(list, routes...)
		}
	}
	slices.SortFunc(list, func(a, b Route) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method))
	})
	return list, nil
}

func routesOf(router *mux.Router) ([]Route, error) {
	var list []Route
	err := router.Walk(func(route *mux.Route, _ *mux.Router, _ []*mux.Route) error {
		if route.GetHandler() == nil { // a subrouter: its routes follow
			return nil
		}
		path, err := route.GetPathTemplate()
		if err != nil {
			return err
		}
		name := ""
		if o, named := route.GetHandler().(operation); named {
			name = o.name
		}
		methods, err := route.GetMethods()
		if err != nil { // none: the handler takes any
			methods = []string{""}
		}
		for _, method := range methods {
			if method == http.MethodHead { // goes with GET
				continue
			}
			list = append(list, Route{Method: method, Path: path, Operation: name})
		}
		return nil
	})
	return list, err
}

// ListRoutes answers GET with what Routes lists.
func (p *Prefixes) ListRoutes() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		list, err := p.Routes()
		if err == nil {
			err = JSON(w, r, http.StatusOK, list)
		}
		if err != nil {
			Write(w, r, err)
		}
	})
}
