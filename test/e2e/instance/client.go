package instance

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// Client talks to an instance as a person's program does.
type Client struct {
	base, token string
	http        *http.Client
	observe     func(Exchange)
}

// Anonymous is a client without a session.
func (i *Instance) Anonymous() *Client {
	// Connections are not kept: a server that was killed and started again must not be met on an old one.
	transport := &http.Transport{DisableKeepAlives: true, DisableCompression: true}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Client{base: i.URL(), http: &http.Client{Timeout: 3 * time.Minute, Transport: transport, CheckRedirect: stay}, observe: i.Observe}
}

// Token is the session's access token, empty for none.
func (c *Client) Token() string {
	if c == nil {
		return ""
	}
	return c.token
}

// Unobserved is the same client for requests that nobody is to see, such as those that wait for something.
func (c *Client) Unobserved() *Client {
	quiet := *c
	quiet.observe = nil
	return &quiet
}

// Exchange is a request, without its body, and the answer to it.
type Exchange struct {
	Method string `json:"method"`
	// Path comes with the query.
	Path   string `json:"path"`
	Answer Answer `json:"answer"`
}

// Answer is a whole answer.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// Do sends a request; header comes as pairs. Whatever the status, the answer is no error.
func (c *Client) Do(ctx context.Context, method, path string, body io.Reader, header ...string) (Answer, error) {
	request, err := http.NewRequestWithContext(ctx, method, c.base+path, body)
	if err != nil {
		return Answer{}, err
	}
	if c.token != "" {
		request.Header.Set("Authorization", "Bearer "+c.token)
	}
	for n := 0; n+1 < len(header); n += 2 {
		request.Header.Set(header[n], header[n+1])
	}
	if host := request.Header.Get("Host"); host != "" {
		request.Host = host // net/http takes it from here only
	}
	response, err := c.http.Do(request)
	if err != nil {
		return Answer{}, err
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	answer := Answer{Status: response.StatusCode, Header: response.Header, Body: content}
	if err == nil && c.observe != nil {
		c.observe(Exchange{Method: method, Path: path, Answer: answer})
	}
	return answer, err
}

// Get reads JSON into target; another status than 200 is an error.
func (c *Client) Get(ctx context.Context, path string, target any) error {
	answer, err := c.Do(ctx, http.MethodGet, path, nil)
	if err != nil {
		return err
	}
	return answer.decode("GET "+path, target)
}

func (a Answer) decode(what string, target any) error {
	if a.Status != http.StatusOK {
		return fmt.Errorf("%s answered %d: %.500s", what, a.Status, a.Body)
	}
	if err := json.Unmarshal(a.Body, target); err != nil {
		return fmt.Errorf("%s: %w in %.200s", what, err, a.Body)
	}
	return nil
}

// LogIn opens a session of the root user.
func (i *Instance) LogIn(ctx context.Context) (*Client, error) {
	return i.LogInAs(ctx, "root", RootPassword)
}

// LogInAs opens a session.
func (i *Instance) LogInAs(ctx context.Context, username, password string) (*Client, error) {
	c := i.Anonymous()
	_, port, _ := bytes.Cut([]byte(i.Address), []byte(":"))
	answer, err := c.Do(ctx, http.MethodGet, "/api/v1/oauth-clients/local", nil, "Host", "localhost:"+string(port))
	if err != nil {
		return nil, err
	}
	var client struct {
		ID     string `json:"client_id"`
		Secret string `json:"client_secret"`
	}
	if err := answer.decode("GET /api/v1/oauth-clients/local", &client); err != nil {
		return nil, err
	}
	form := url.Values{
		"client_id": {client.ID}, "client_secret": {client.Secret}, "grant_type": {"password"}, "response_type": {"code"},
		"username": {username}, "password": {password},
	}
	answer, err = c.Do(ctx, http.MethodPost, "/api/v1/users/token", bytes.NewBufferString(form.Encode()),
		"Content-Type", "application/x-www-form-urlencoded")
	if err != nil {
		return nil, err
	}
	var token struct {
		Access string `json:"access_token"`
	}
	if err := answer.decode("POST /api/v1/users/token", &token); err != nil {
		return nil, err
	}
	c.token = token.Access
	return c, nil
}
