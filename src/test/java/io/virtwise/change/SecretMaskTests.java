package io.virtwise.change;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What of a nova.conf people and programs get to see.
 */
class SecretMaskTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
			password = hunter2                                   | password = ***
			metadata_proxy_shared_secret: s3cr3t                 | metadata_proxy_shared_secret: ***
			admin_token=abc                                      | admin_token=***
			rabbit_password = 12345                              | rabbit_password = ***
			rbd_secret_uuid = 457eb676                           | rbd_secret_uuid = ***
			#password = old one                                  | #password = ***
			# service_token = x                                  | # service_token = ***
			memcache_secret_key = k                              | memcache_secret_key = ***
			key = raw                                            | key = ***
			transport_url = rabbit://nova:pw@mq:5672/            | transport_url = rabbit://***@mq:5672/
			connection = mysql+pymysql://nova:p@ss@db/nova?x=1   | connection = mysql+pymysql://***@db/nova?x=1
			transport_url = rabbit://a:b@h1:1,c:d@h2:2/          | transport_url = rabbit://***@h2:2/
			# see http://me:pw@host/                             | # see http://***@host/
			inject_password = false                              | inject_password = false
			password =                                           | password =
			virt_type = kvm                                      | virt_type = kvm
			cpu_mode = host-model                                | cpu_mode = host-model
			auth_url = http://keystone:5000/v3                   | auth_url = http://keystone:5000/v3
			ssl_key_file = /etc/ssl/k.pem                        | ssl_key_file = /etc/ssl/k.pem
			[keystone_authtoken]                                 | [keystone_authtoken]
			monkey_patch = true                                  | monkey_patch = true
			keymap = en-us                                       | keymap = en-us
			""")
	void hidesValuesThatAreSecret(String line, String shown) {
		assertThat(SecretMask.mask(line)).isEqualTo(shown);
	}

	@Test
	void hidesTheLinesThatContinueASecret() {
		String text = "[a]\npassword = one\n  two\n\tthree\n\nnext = 1\n  more\n";

		assertThat(SecretMask.mask(text)).isEqualTo("[a]\npassword = ***\n  ***\n\t***\n\nnext = 1\n  more\n");
	}

	@Test
	void hidesCredentialsInALineThatContinuesSomethingElse() {
		assertThat(SecretMask.mask("transport_url =\n  rabbit://u:p@h/\n"))
			.isEqualTo("transport_url =\n  rabbit://***@h/\n");
	}

	@Test
	void keepsEveryLineAndTheEnd() {
		for (String text : new String[] { "", "\n", "\n\n\n", "a = 1", "a = 1\r\npassword = x\r\n", "password = x" }) {
			assertThat(SecretMask.mask(text).chars().filter((c) -> c == '\n').count())
				.isEqualTo(text.chars().filter((c) -> c == '\n').count());
		}
		assertThat(SecretMask.mask("a = 1\n\n\n")).isEqualTo("a = 1\n\n\n");
	}

}
