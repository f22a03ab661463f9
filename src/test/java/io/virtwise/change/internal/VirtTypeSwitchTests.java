package io.virtwise.change.internal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import io.virtwise.recommendation.NodeAssessment;
import io.virtwise.shared.ContentHash;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a switch to kvm has to wait.
 */
class VirtTypeSwitchTests {

	private static final byte[] QEMU = bytes("[libvirt]\nvirt_type = qemu\n");

	private static final byte[] KVM = bytes("[libvirt]\nvirt_type = kvm\n");

	private static final byte[] UNSET = bytes("[libvirt]\nimages_type = qcow2\n");

	@Test
	void aNodeThatCannotLaunchGuestsIsNotSwitchedToKvm() {
		assertThat(VirtTypeSwitch.fault(assessed("blocked"), QEMU, KVM)).contains("from qemu to kvm")
			.contains("the processor shows neither vmx nor svm")
			.contains("emulation is acceptable");
		assertThat(VirtTypeSwitch.fault(assessed("undetermined"), QEMU, KVM)).contains("undetermined");
	}

	@Test
	void takingTheOptionOutIsASwitchToKvmToo() {
		assertThat(VirtTypeSwitch.fault(assessed("blocked"), QEMU, UNSET)).contains("from qemu to kvm");
	}

	@Test
	void aNodeOnWhichKvmWorksIsSwitched() {
		assertThat(VirtTypeSwitch.fault(assessed("action-required"), QEMU, KVM)).isNull();
		assertThat(VirtTypeSwitch.fault(assessed("ready"), QEMU, KVM)).isNull();
	}

	@Test
	void otherChangesOfABlockedNodeGoThrough() {
		assertThat(VirtTypeSwitch.fault(assessed("blocked"), KVM, QEMU)).isNull();
		assertThat(VirtTypeSwitch.fault(assessed("blocked"), UNSET, KVM)).isNull();
	}

	@SuppressWarnings("NullAway") // it does not see that the record takes no bytes as
									// well
	private static NodeAssessment assessed(String verdict) {
		return new NodeAssessment("a1", "n1", Instant.EPOCH, "libvirt", ContentHash.of("facts"), 1, "0".repeat(64),
				verdict, "This node cannot launch a guest, because the processor shows neither vmx nor svm.", List.of(),
				new byte[0], List.of(), List.of(), null);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
