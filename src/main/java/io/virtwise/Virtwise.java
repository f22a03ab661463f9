package io.virtwise;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The portal's entry point.
 */
@SpringBootApplication
public class Virtwise {

	public static void main(String[] args) {
		SerialFilter.install(); // before anything can be read
		SpringApplication.run(Virtwise.class, args);
	}

}
