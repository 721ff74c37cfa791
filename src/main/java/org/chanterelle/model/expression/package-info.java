/** How a player shapes notes beyond pitch and level: attacks, swells, vibrato, scoops, glides, releases; learned from recordings. */
package org.chanterelle.model.expression;
