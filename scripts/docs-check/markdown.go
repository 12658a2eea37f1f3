package main

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"
)

var (
	// [text](target) and [text](target "title"); images are the same with a "!" before.
	inlineLink = regexp.MustCompile(`\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)`)
	// [label]: target
	referenceLink = regexp.MustCompile(`^\s{0,3}\[[^\]]+\]:\s+<?(\S+?)>?(?:\s|$)`)
	inlineCode    = regexp.MustCompile("`[^`]*`")
	// `make target`, in code only: prose makes many things.
	makeCall = regexp.MustCompile(`(?:^|[\s` + "`" + `;&(])make ([a-z][a-z0-9-]*)`)
	heading  = regexp.MustCompile(`^#{1,6}\s+(.+?)\s*#*$`)
)

// checkDocument looks at the links and the make targets of one Markdown file.
func checkDocument(path string, targets map[string]bool) ([]string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var problems []string
	say := func(line int, format string, args ...any) {
		problems = append(problems, fmt.Sprintf("%s:%d: %s", path, line+1, fmt.Sprintf(format, args...)))
	}
	eachLine(string(text), func(number int, line string, fenced bool) {
		code := strings.Join(inlineCode.FindAllString(line, -1), " ")
		if fenced {
			code = line
		}
		for _, call := range makeCall.FindAllStringSubmatch(code, -1) {
			if !targets[call[1]] {
				say(number, "the Makefile has no target %q", call[1])
			}
		}
		if fenced {
			return
		}
		prose := inlineCode.ReplaceAllString(line, "")
		for _, link := range append(inlineLink.FindAllStringSubmatch(prose, -1), referenceLink.FindAllStringSubmatch(prose, -1)...) {
			if why := brokenLink(path, link[1]); why != "" {
				say(number, "link to %s: %s", link[1], why)
			}
		}
	})
	return problems, nil
}

// brokenLink answers why a link leads nowhere, "" when it does not or is not ours to check (another site).
func brokenLink(document, target string) string {
	parsed, err := url.Parse(target)
	if err != nil {
		return err.Error()
	}
	if parsed.Scheme != "" || parsed.Host != "" {
		return ""
	}
	file := document
	if parsed.Path != "" {
		if strings.HasPrefix(parsed.Path, "/") {
			return "is absolute; write it relative to the document"
		}
		file = filepath.Join(filepath.Dir(document), filepath.FromSlash(parsed.Path))
		if _, err := os.Stat(file); err != nil {
			return "there is no such file"
		}
	}
	if parsed.Fragment == "" || !strings.HasSuffix(file, ".md") {
		return ""
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return err.Error()
	}
	if !anchors(string(text))[parsed.Fragment] {
		return "the document has no such heading"
	}
	return ""
}

// anchors answers the fragment of every heading, made as GitHub and GitLab make them: lower case, punctuation dropped,
// blanks to hyphens.
func anchors(text string) map[string]bool {
	found := map[string]bool{}
	eachLine(text, func(_ int, line string, fenced bool) {
		title := heading.FindStringSubmatch(line)
		if fenced || title == nil {
			return
		}
		found[strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
				return unicode.ToLower(r)
			}
			return -1
		}, title[1])] = true
	})
	return found
}

// eachLine visits the lines of a document; fenced ones stand in a code block.
func eachLine(text string, visit func(number int, line string, fenced bool)) {
	fenced := false
	for number, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "```") {
			fenced = !fenced
			continue
		}
		visit(number, line, fenced)
	}
}
