package io.virtwise.access.internal;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a sign-in is good for.
 *
 * @param confirmAfter how old the last look at the password may be where somebody
 * approves or starts something from a page
 * @param longestSession after this one signs in anew, busy or not
 */
@ConfigurationProperties("virtwise.access")
record AccessProperties(@DefaultValue("15m") Duration confirmAfter, @DefaultValue("12h") Duration longestSession) {

}
