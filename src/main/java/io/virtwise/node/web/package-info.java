/**
 * The HTTP interface and the forms of the node register.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.node.web;
