/**
 * The remediation of an assessment as numbered steps, and its outlets: a root script, a
 * nova.conf.d snippet, an Ansible play, Hiera data for Puppet, an override for
 * kolla-ansible. What is to be done comes from the rules; here it is only put in order
 * and written down.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.recommendation.workorder;
