package dev.holdfast.notification.incident;

/** Who has to know of incidents; told in the transaction in which they begin and end. */
public interface IncidentChanges {

    void raised(Incident incident);

    void resolved(Incident incident);
}
