// Package contract holds every answer of the server against schema/openapi.yaml, and every route against a table of roles.
//
// The table in table_*.go has a row for each route: how it is asked for, and what each kind of person is answered. The suite
// sends each row in the name of each of them to a real instance; what comes back is compared with the row and with the document.
// A route that is in neither fails the suite. It is imported by nobody. Read row_test.go first.
package contract
