# Built in two stages: the image that runs holds a JRE, libvirt's client library (which brings its own
# ssh) and CA files.
FROM debian:12-slim AS build
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends maven openjdk-17-jdk-headless >/dev/null
WORKDIR /build
COPY pom.xml mvnw ./
COPY .mvn .mvn
COPY src/main src/main
COPY rules rules
RUN ./mvnw -q -B -Dquick -DskipTests package && java -Djarmode=tools -jar target/virtwise.jar extract --layers --launcher --destination target/layers

FROM debian:12-slim
RUN apt-get update -qq \
	&& apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless libvirt0 ca-certificates >/dev/null \
	&& rm -rf /var/lib/apt/lists/* \
	&& useradd --system --create-home --home-dir /var/lib/virtwise virtwise
WORKDIR /app
COPY --from=build /build/target/layers/dependencies/ ./
COPY --from=build /build/target/layers/spring-boot-loader/ ./
COPY --from=build /build/target/layers/snapshot-dependencies/ ./
COPY --from=build /build/target/layers/application/ ./
USER virtwise
# Inside a container loopback is nobody's: listen on every address and let the container's network decide who reaches it.
ENV VIRTWISE_HOME=/var/lib/virtwise VIRTWISE_ADDRESS=0.0.0.0 LANG=C.UTF-8
VOLUME /var/lib/virtwise
EXPOSE 8080
ENTRYPOINT ["java", "-Djna.encoding=UTF-8", "-Dfile.encoding=UTF-8", "org.springframework.boot.loader.launch.JarLauncher"]
