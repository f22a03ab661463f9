package io.virtwise.libvirt;

import io.virtwise.rollout.ManagedFiles.RemoteFile;
import io.virtwise.rollout.ManagedFiles.RemoteFile.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * XML to and from libvirt.
 */
class StorageXmlTests {

	@Test
	void quotesWhatItWrites() {
		assertThat(StorageXml.pool("a<b>&c", "/etc/\"nova\"]]>")).isEqualTo(
				"<pool type=\"dir\"><name>a&lt;b&gt;&amp;c</name><target><path>/etc/\"nova\"]]&gt;</path><permissions><mode>0755</mode><owner>0</owner><group>0</group></permissions></target></pool>");
	}

	@Test
	void leavesOwnerAndGroupToTheDaemonWhereNoneIsGiven() {
		assertThat(StorageXml.volume("f", 7, "0640", null, null))
			.contains("<capacity>7</capacity>", "<mode>0640</mode>")
			.doesNotContain("owner", "group");
		assertThat(StorageXml.volume("f", 7, "0640", "0", "64060")).contains("<owner>0</owner><group>64060</group>");
	}

	@Test
	void readsAFile() {
		assertThat(StorageXml.file("""
				<volume type='file'><name>nova.conf</name><capacity unit='bytes'>1152921504606846976</capacity>
				<physical unit='bytes'>622</physical><target><permissions><mode>0640</mode><owner>0</owner>
				<group>64060</group></permissions></target></volume>
				""")).isEqualTo(new RemoteFile(Kind.REGULAR, 622, "0640", "0", "64060"));
	}

	@Test
	void fallsBackToTheCapacityOfOlderLibvirt() {
		assertThat(StorageXml.file("<volume type='file'><capacity unit='bytes'>5</capacity></volume>").size())
			.isEqualTo(5);
	}

	@Test
	void takesEverythingElseForOther() {
		assertThat(StorageXml.file("<volume type='dir'/>").kind()).isEqualTo(Kind.OTHER);
		assertThat(StorageXml.file("<volume/>").kind()).isEqualTo(Kind.OTHER);
	}

	@Test
	void refusesEntities() {
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> StorageXml.file(
				"<!DOCTYPE v [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><volume type='file'><capacity>&x;</capacity></volume>"));
	}

}
