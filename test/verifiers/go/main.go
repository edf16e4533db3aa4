// Verifies the transparency log over HTTP with golang.org/x/mod alone.
//
//	verifier LOG KEY checkpoint
//	verifier LOG KEY inclusion ENTRY INDEX|COMMITMENT
//	verifier LOG KEY consistency CHECKPOINT-FILE
//	verifier LOG KEY proof ENTRY PROOF-FILE
//	verifier LOG KEY tiles
//
// LOG is the address of the log, KEY the text of its verifier key. It prints what it has verified; it exits with 1 if that is wrong.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

var log string
var verifiers note.Verifiers
var origin string

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Println("refused:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) < 3 {
		return errors.New("usage: verifier LOG KEY COMMAND …")
	}
	verifier, err := note.NewVerifier(args[1])
	if err != nil {
		return err
	}
	log, verifiers, origin = args[0], note.VerifierList(verifier), verifier.Name()
	switch command, rest := args[2], args[3:]; {
	case command == "checkpoint" && len(rest) == 0:
		text, err := get("/checkpoint")
		if err != nil {
			return err
		}
		tree, err := openCheckpoint(text)
		if err != nil {
			return err
		}
		fmt.Printf("checkpoint of %d leaves\n", tree.N)
		return nil
	case command == "inclusion" && len(rest) == 2:
		query := "index=" + rest[1]
		if len(rest[1]) == 64 {
			query = "commitment=" + rest[1]
		}
		text, err := get("/inclusion?" + query)
		if err != nil {
			return err
		}
		return verifyInclusion(rest[0], text)
	case command == "proof" && len(rest) == 2:
		text, err := os.ReadFile(rest[1])
		if err != nil {
			return err
		}
		return verifyInclusion(rest[0], string(text))
	case command == "consistency" && len(rest) == 1:
		kept, err := os.ReadFile(rest[0])
		if err != nil {
			return err
		}
		return verifyConsistency(string(kept))
	case command == "tiles" && len(rest) == 0:
		return verifyTiles()
	}
	return errors.New("unknown command")
}

func get(path string) (string, error) {
	response, err := http.Get(log + path)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: status %d", path, response.StatusCode)
	}
	return string(body), err
}

func openCheckpoint(text string) (tlog.Tree, error) {
	opened, err := note.Open([]byte(text), verifiers)
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != origin {
		return tlog.Tree{}, errors.New("checkpoint of another log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// Splits a first part of lines, with as many heads, from the checkpoint behind it.
func splitProof(text string, heads int) (head []string, proof []tlog.Hash, tree tlog.Tree, err error) {
	first, checkpoint, found := strings.Cut(text, "\n\n")
	lines := strings.Split(first, "\n")
	if !found || len(lines) < heads {
		return nil, nil, tree, errors.New("no proof")
	}
	for _, line := range lines[heads:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, nil, tree, err
		}
		proof = append(proof, hash)
	}
	tree, err = openCheckpoint(checkpoint)
	return lines[:heads], proof, tree, err
}

func verifyInclusion(entry string, text string) error {
	head, proof, tree, err := splitProof(text, 2)
	if err != nil {
		return err
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(head[1], "index "), 10, 64)
	if err != nil || head[0] != "c2sp.org/tlog-proof@v1" {
		return errors.New("no proof of this form")
	}
	if err := tlog.CheckRecord(tlog.RecordProof(proof), tree.N, tree.Hash, index, tlog.RecordHash([]byte(entry))); err != nil {
		return err
	}
	fmt.Printf("leaf %d of %d\n", index, tree.N)
	return nil
}

func verifyConsistency(keptText string) error {
	kept, err := openCheckpoint(keptText)
	if err != nil {
		return err
	}
	text, err := get(fmt.Sprintf("/consistency?from=%d", kept.N))
	if err != nil {
		return fmt.Errorf("the log does not continue this checkpoint: %w", err)
	}
	head, proof, tree, err := splitProof(text, 1)
	if err != nil {
		return err
	}
	if head[0] != fmt.Sprintf("old %d", kept.N) {
		return errors.New("proof of another size")
	}
	if kept.N == tree.N {
		if kept.Hash != tree.Hash {
			return errors.New("another tree of the same size")
		}
	} else if err := tlog.CheckTree(tlog.TreeProof(proof), tree.N, tree.Hash, kept.N, kept.Hash); err != nil {
		return err
	}
	fmt.Printf("%d leaves continue %d\n", tree.N, kept.N)
	return nil
}

type tileReader struct{}

func (tileReader) Height() int                     { return 8 }
func (tileReader) SaveTiles([]tlog.Tile, [][]byte) {}
func (tileReader) ReadTiles(tiles []tlog.Tile) (data [][]byte, err error) {
	for _, tile := range tiles {
		// x/mod writes the height first, which tlog-tiles leaves out.
		text, err := get("/" + strings.Replace(tile.Path(), "tile/8/", "tile/", 1))
		if err != nil {
			return nil, err
		}
		data = append(data, []byte(text))
	}
	return data, nil
}

// Reads every entry from bundles, and proves each from authenticated tiles.
func verifyTiles() error {
	text, err := get("/checkpoint")
	if err != nil {
		return err
	}
	tree, err := openCheckpoint(text)
	if err != nil {
		return err
	}
	reader := tlog.TileHashReader(tree, tileReader{})
	for bundle := int64(0); bundle*256 < tree.N; bundle++ {
		width := min(256, tree.N-bundle*256)
		tile := tlog.Tile{H: 8, L: -1, N: bundle, W: int(width)}
		data, err := get("/" + strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1))
		if err != nil {
			return err
		}
		for at := int64(0); at < width; at++ {
			if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16([]byte(data))) {
				return errors.New("an entry bundle is too short")
			}
			length := int(binary.BigEndian.Uint16([]byte(data)))
			entry := data[2 : 2+length]
			data = data[2+length:]
			hashes, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, bundle*256+at)})
			if err != nil {
				return err
			}
			if hashes[0] != tlog.RecordHash([]byte(entry)) {
				return fmt.Errorf("entry %d has another hash: %s", bundle*256+at, base64.StdEncoding.EncodeToString(hashes[0][:]))
			}
		}
		if data != "" {
			return errors.New("an entry bundle is too long")
		}
	}
	fmt.Printf("%d entries from tiles\n", tree.N)
	return nil
}
