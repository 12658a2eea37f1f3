package abuses

import (
	"net/http"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
	"vidilog/domain/abuse"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

// list answers GET /api/v1/abuses.
func (a *API) list(w http.ResponseWriter, r *http.Request) error {
	q := decode.QueryOf(r)
	f := filterOf(q)
	f.About = q.OneOf("filter", catalog.AbuseKinds...)
	f.PredefinedReason = q.OneOf("predefinedReason", abuse.PredefinedReasons()...)
	f.VideoIs = q.OneOf("videoIs", catalog.VideoStates...)
	f.SearchReporter, f.SearchReportee = q.Text("searchReporter"), q.Text("searchReportee")
	f.SearchVideo, f.SearchVideoChannel = q.Text("searchVideo"), q.Text("searchVideoChannel")
	if err := q.Err(); err != nil {
		return err
	}
	return answer(a, w, r, f, a.Site.AdminAbuse)
}

// mine answers GET /api/v1/users/me/abuses.
func (a *API) mine(w http.ResponseWriter, r *http.Request) error {
	q := decode.QueryOf(r)
	f, me := filterOf(q), authn.Caller(r).UserID
	f.ReporterID = &me
	if err := q.Err(); err != nil {
		return err
	}
	return answer(a, w, r, f, a.Site.UserAbuse)
}

// filterOf reads what both lists can be asked for.
func filterOf(q *decode.Query) catalog.AbuseFilter {
	f := catalog.AbuseFilter{Number: q.Int("id"), Search: q.Text("search"), State: q.Int("state")}
	f.Start, f.Count = q.Page()
	f.Sort, f.Ascending = q.Sort("-createdAt", catalog.AbuseSorts...)
	if f.State != nil && !abuse.State(*f.State).IsKnown() {
		q.Refuse("state", "Invalid value")
	}
	return f
}

func answer[T any](a *API, w http.ResponseWriter, r *http.Request, f catalog.AbuseFilter, shaped func(catalog.Abuse) T) error {
	found, total, err := a.Catalog.ListAbuses(r.Context(), f)
	if err != nil {
		return err
	}
	body := page[T]{Total: total, Data: make([]T, len(found))}
	for i, one := range found {
		body.Data[i] = shaped(one)
	}
	return httpx.JSON(w, r, http.StatusOK, body)
}
