package web

import (
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// descriptionLength is how much of a description previews show, in characters, the dots included (PeerTube's 200).
const descriptionLength = 200

// markdown reads descriptions. HTML blocks are not read as such, because the text within them shall stay; tags are dropped below.
var markdown = goldmark.New(goldmark.WithParser(parser.NewParser(
	parser.WithBlockParsers(
		util.Prioritized(parser.NewSetextHeadingParser(), 100), util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(parser.NewListParser(), 300), util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(parser.NewCodeBlockParser(), 500), util.Prioritized(parser.NewATXHeadingParser(), 600),
		util.Prioritized(parser.NewFencedCodeBlockParser(), 700), util.Prioritized(parser.NewBlockquoteParser(), 800),
		util.Prioritized(parser.NewParagraphParser(), 1000),
	),
	parser.WithInlineParsers(parser.DefaultInlineParsers()...),
)))

// shortened is a description as one line of plain text that is not too long.
func shortened(description string) string {
	line := plainLine(description)
	if utf8.RuneCountInString(line) <= descriptionLength {
		return line
	}
	return string([]rune(line)[:descriptionLength-3]) + "..."
}

// plainLine is the text of a markdown source: markup and tags dropped, lines joined, entries of a list with commas between.
func plainLine(source string) string {
	raw := []byte(source)
	var b strings.Builder
	separator := ""
	_ = ast.Walk(markdown.Parser().Parse(text.NewReader(raw)), func(n ast.Node, isEntering bool) (ast.WalkStatus, error) {
		if !isEntering {
			separator = separatorAfter(n, separator)
			return ast.WalkContinue, nil
		}
		words, isBreak := wordsOf(n, raw)
		if words != "" {
			b.WriteString(separator + words)
			separator = ""
		}
		if isBreak {
			separator = " "
		}
		return ast.WalkContinue, nil
	})
	return strings.Join(strings.Fields(b.String()), " ")
}

func wordsOf(n ast.Node, source []byte) (words string, isBreak bool) {
	switch n := n.(type) {
	case *ast.Text:
		return string(util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences(n.Value(source))))),
			n.SoftLineBreak() || n.HardLineBreak()
	case *ast.AutoLink:
		return string(n.Label(source)), false
	}
	return "", false
}

func separatorAfter(n ast.Node, before string) string {
	switch n.Kind() {
	case ast.KindListItem:
		return ", "
	case ast.KindParagraph, ast.KindHeading, ast.KindTextBlock, ast.KindBlockquote:
		if before == "" {
			return " "
		}
	}
	return before
}
