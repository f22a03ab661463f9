/**
 * Virtwise: decides, explains, approves and proves the hypervisor configuration of
 * OpenStack compute nodes. Each sub-package is one room of the house.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise;
