package io.virtwise;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rooms and their walls: who may use whom is in each room's package-info.
 */
class ModularityTests {

	private final ApplicationModules rooms = ApplicationModules.of(Virtwise.class);

	@Test
	void noRoomReachesThroughAWall() {
		this.rooms.verify();
	}

	@Test
	void everyRoomSaysWhomItMayUse() {
		assertThat(this.rooms.stream()).hasSizeGreaterThanOrEqualTo(13)
			.allSatisfy((room) -> assertThat(room.isOpen()).as(room.getDisplayName() + " is open to all").isFalse());
	}

	/**
	 * Not a check: leaves the drawing in target/spring-modulith-docs for whoever wants to
	 * look.
	 */
	@Test
	void drawsTheRooms() {
		new Documenter(this.rooms).writeModulesAsPlantUml();
	}

}
