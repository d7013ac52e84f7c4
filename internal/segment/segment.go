// Package segment cuts the blocks of a document into sentences and words.
package segment
