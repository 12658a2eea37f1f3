package configuration

import (
	"errors"
	"net/http"

	"github.com/gorilla/mux"

	"vidilog/api/authn"
	"vidilog/api/rest/images"
	"vidilog/api/rest/respond"
	"vidilog/api/shape"
	commandsinstance "vidilog/commands/instance"
	"vidilog/domain/instance"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

// logoSizes are those of 8.x.
var logoSizes = map[instance.Kind]images.Size{
	instance.Favicon: {Width: 32, Height: 32}, instance.HeaderSquare: {Width: 48, Height: 48},
	instance.HeaderWide: {Width: 192, Height: 48}, instance.OpenGraph: {Width: 1200, Height: 650},
}

func (a *API) routePictures(r *mux.Router) {
	guarded := func(method, path, operation string, h respond.Handler) {
		r.Handle(path, httpx.WithOperation(operation, authn.RequiredRight(user.RightManageConfiguration, h))).Methods(method)
	}
	for kind, name := range map[instance.Kind]string{instance.Avatar: "Avatar", instance.Banner: "Banner"} {
		path := "/api/v1/config/instance-" + string(kind)
		guarded(http.MethodPost, path+"/pick", "updateInstance"+name, a.pick(func(*http.Request) instance.Kind { return kind }))
		guarded(http.MethodDelete, path, "deleteInstance"+name, a.remove(func(*http.Request) instance.Kind { return kind }))
	}
	guarded(http.MethodPost, "/api/v1/config/instance-logo/{kind}/pick", "updateInstanceLogo", a.pick(logoKind))
	guarded(http.MethodDelete, "/api/v1/config/instance-logo/{kind}", "deleteInstanceLogo", a.remove(logoKind))
}

// logoKind is the kind in the address of a logo, empty for none.
func logoKind(r *http.Request) instance.Kind {
	kind := instance.Kind(mux.Vars(r)["kind"])
	if _, known := logoSizes[kind]; !known {
		return ""
	}
	return kind
}

func refusedKind(r *http.Request) error {
	refusal := kernel.Invalid("logoType", "Invalid value")
	refusal.Data = map[string]any{"location": "params", "value": mux.Vars(r)["kind"]}
	return refusal
}

func (a *API) pick(of func(*http.Request) instance.Kind) respond.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		kind := of(r)
		field, sizes := string(kind)+"file", images.Avatar
		switch kind {
		case "":
			return refusedKind(r)
		case instance.Avatar:
		case instance.Banner:
			sizes = images.Banner
		case instance.Favicon, instance.HeaderWide, instance.HeaderSquare, instance.OpenGraph:
			field, sizes = "logofile", []images.Size{logoSizes[kind]}
		}
		made, err := a.Pictures.Receive(r, field, sizes)
		if err != nil {
			return err
		}
		outcome, err := a.Commands.ChangePicture(r.Context(), authn.Caller(r), commandsinstance.ChangePicture{Kind: kind, Images: made})
		if err != nil {
			return errors.Join(err, a.Pictures.Drop(made))
		}
		return a.Writes.NoContent(w, r, outcome.Position)
	}
}

func (a *API) remove(of func(*http.Request) instance.Kind) respond.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		kind := of(r)
		if kind == "" {
			return refusedKind(r)
		}
		own, err := a.Own(r.Context())
		if err != nil {
			return err
		}
		outcome, err := a.Commands.ChangePicture(r.Context(), authn.Caller(r), commandsinstance.ChangePicture{Kind: kind})
		if err != nil {
			return err
		}
		// The files go by themselves soon; whoever looks at once shall not find them either.
		if err := a.Pictures.Drop(own.Pictures[kind].Images); err != nil {
			return err
		}
		return a.Writes.NoContent(w, r, outcome.Position)
	}
}

func (a *API) avatars(own catalog.Own) []shape.ActorImage {
	p := own.Pictures[instance.Avatar]
	return a.Site.Avatars(p.Images, p.ChangedAt)
}

func (a *API) banners(own catalog.Own) []shape.ActorImage {
	p := own.Pictures[instance.Banner]
	return a.Site.Banners(p.Images, p.ChangedAt)
}

// logos are those of 8.x that an administrator has given.
func (a *API) logos(own catalog.Own) []object {
	logos := []object{}
	for _, kind := range instance.Kinds() {
		p, given := own.Pictures[kind]
		if _, isLogo := logoSizes[kind]; !given || !isLogo {
			continue
		}
		for _, image := range p.Images {
			logos = append(logos, object{
				"type": kind, "width": image.Width, "height": image.Height, "isFallback": false,
				"fileUrl": a.Site.URL + "/lazy-static/avatars/" + image.FileName,
			})
		}
	}
	return logos
}
